/** What the customer sees in each state, in words, with the state colour of the list. */
const STATES = {
  waiting: { label: "Being answered", tone: "unknown" },
  writing: { label: "AI is writing", tone: "serving" },
  answered: { label: "AI answered", tone: "serving" },
  draft: { label: "Draft waits for an agent", tone: "limited" },
  cached: { label: "Earlier answer shown", tone: "limited" },
  template: { label: "Template shown", tone: "stopped" },
  static: { label: "Fixed text shown", tone: "stopped" },
  manual: { label: "Form shown", tone: "stopped" },
  person: { label: "Handed to a person", tone: "stopped" },
};

const $ = (id) => document.getElementById(id);
const conversations = new Map();
let scenarios = {};
let selected = null;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function scenarioNames(conversation) {
  return conversation.scenarios.map((key) => scenarios[key] ?? key).join(", ") || "No scenario";
}

function listEntry(conversation) {
  const state = STATES[conversation.state];
  const button = element(
    "button",
    { type: "button", id: `entry-${conversation.id}`, onclick: () => select(conversation.id) },
    element("span", { className: "entry-text", textContent: conversation.message }),
    element("span", { className: "quiet", textContent: scenarioNames(conversation) }),
    element("span", { className: `state ${state.tone}`, textContent: state.label }),
  );
  if (conversation.id === selected) button.setAttribute("aria-current", "true");
  return element("li", {}, button);
}

function showList(changed) {
  $("empty").hidden = conversations.size > 0;
  const wanted = $("filter").value;
  const entry = changed && document.getElementById(`entry-${changed.id}`);
  if (entry) {
    const focused = document.activeElement === entry;
    const fresh = listEntry(changed);
    entry.parentElement.replaceWith(fresh);
    if (focused) fresh.firstChild.focus();
  } else if (changed) {
    if (wanted === "" || changed.scenarios.includes(wanted)) $("conversations").prepend(listEntry(changed));
    while ($("conversations").childElementCount > 150) $("conversations").lastElementChild.remove();
  } else {
    const shown = [...conversations.values()].filter((one) => wanted === "" || one.scenarios.includes(wanted));
    $("conversations").replaceChildren(...shown.reverse().map(listEntry));
  }
}

function select(id) {
  const before = selected && document.getElementById(`entry-${selected}`);
  before?.removeAttribute("aria-current");
  selected = id;
  document.getElementById(`entry-${id}`)?.setAttribute("aria-current", "true");
  showOne();
  if (matchMedia("(max-width: 45rem)").matches) $("one").focus();
}

function showOne() {
  const conversation = conversations.get(selected);
  if (!conversation) return;
  const typing = $("one").querySelector("textarea");
  if (typing && document.activeElement === typing && conversation.state === "draft") return;
  const because = conversation.because.map((sentence) => element("li", { textContent: sentence }));
  const agent = agentView(conversation);
  $("one").replaceChildren(
    element("p", { className: "bubble customer", textContent: conversation.message }),
    ...conversation.notices.map((text) => element("p", { className: "notice", textContent: text })),
    customerView(conversation),
    ...(agent ? [agent] : []),
    element("h3", { textContent: "Why" }),
    because.length > 0
      ? element("ul", {}, ...because)
      : element("p", { className: "quiet", textContent: unrestricted(conversation) }),
    facts(conversation),
  );
}

/** Why without any restriction: then a fallback means that no model gave an answer. */
function unrestricted({ served, state }) {
  if (state === "waiting" || state === "writing") return "Nothing is restricted for this message so far.";
  if (served === "secondary")
    return "Nothing is restricted. The first model gave no answer in time, so the second one did.";
  if (served === "primary") return "Nothing is restricted for this message.";
  return "Nothing is restricted, but no model gave an answer in time, so the prepared one was shown.";
}

function customerView(conversation) {
  const heading = element("h3", { textContent: "What the customer sees" });
  const retracted = conversation.retracted
    ? element("p", { className: "notice", textContent: "The answer that was being written was taken back." })
    : null;
  return element("div", { id: "customer-sees" }, heading, retracted, ...customerContent(conversation));
}

function customerContent(conversation) {
  if (conversation.state === "waiting") return [bubble("We have your message and are answering it.")];
  if (conversation.state === "draft") return [bubble("A colleague is looking at your message and answers it soon.")];
  if (conversation.state === "manual") return [bubble(conversation.text), manualForm()];
  return [bubble(conversation.text)];
}

function bubble(text) {
  return element("p", { className: "bubble desk", textContent: text });
}

function manualForm() {
  const field = (label, type) => element("label", {}, label, element("input", { type, disabled: true }));
  return element(
    "fieldset",
    {},
    element("legend", { textContent: "Tell us more" }),
    field("What happened", "text"),
    field("When", "date"),
    field("Amount", "number"),
  );
}

function agentView(conversation) {
  if (conversation.state !== "draft") return null;
  if (conversation.source !== "person") {
    return element("p", { className: "quiet", textContent: "An agent has the draft and is reading it." });
  }
  const text = element("textarea", { rows: 6, value: conversation.draft });
  const act = (action) => () => post(`/conversations/${conversation.id}/agent`, { action, text: text.value });
  return element(
    "div",
    { className: "agent" },
    element("label", {}, "Draft for the agent", text),
    element("button", { type: "button", textContent: "Send this reply", onclick: act("send") }),
    element("button", {
      type: "button",
      textContent: "Discard the draft",
      className: "plain",
      onclick: act("discard"),
    }),
  );
}

function facts(conversation) {
  const decision = conversation.decision;
  const lines = [
    `${scenarioNames(conversation)}. Customer ${conversation.customer.id}.`,
    decision ? `Decided under version ${decision.ruleset.version} of the rules.` : null,
    conversation.model ? `Written by ${conversation.model}.` : null,
    ...conversation.agent,
  ];
  return element(
    "details",
    {},
    element("summary", { textContent: "Details" }),
    ...lines.filter(Boolean).map((line) => element("p", { textContent: line })),
    element("p", { className: "quiet", textContent: conversation.decisionId ?? "" }),
  );
}

function showState(state) {
  $("instance").textContent = state.instance;
  document.title = `Support desk ${state.instance}`;
  $("rules").textContent = state.sentence;
  $("rules").dataset.tone = state.tone;
  if (state.consoleUrl) Object.assign($("console"), { href: state.consoleUrl, hidden: false });
}

async function post(path, body) {
  $("problem").textContent = "";
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer;
  } catch (error) {
    $("problem").textContent = `It was not sent: ${error.message} Your text is still here.`;
    return null;
  }
}

$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("text").value;
  const started = await post("/messages", { text, category: $("about").value, stream: true, wait: false });
  if (!started) return;
  $("text").value = "";
  select(started.id);
});
$("filter").addEventListener("change", () => showList());

function receive(conversation) {
  conversations.set(conversation.id, conversation);
  if (conversations.size > 150) conversations.delete(conversations.keys().next().value);
  showList(conversation);
  if (conversation.id === selected) showOne();
}

const events = new EventSource("/events");
events.addEventListener("start", (event) => {
  const start = JSON.parse(event.data);
  scenarios = start.scenarios;
  const options = () => Object.entries(scenarios).map(([key, name]) => new Option(name, key));
  const keep = $("filter").value;
  $("filter").replaceChildren(new Option("Everything", ""), ...options());
  $("filter").value = keep;
  if ($("about").options.length === 0) $("about").replaceChildren(...options());
  conversations.clear();
  for (const conversation of start.conversations) conversations.set(conversation.id, conversation);
  showList();
  showOne();
  showState(start.state);
});
events.addEventListener("conversation", (event) => receive(JSON.parse(event.data)));
events.addEventListener("state", (event) => showState(JSON.parse(event.data)));
events.addEventListener("error", () => {
  $("rules").textContent = "This desk does not answer. What you see may be old.";
  $("rules").dataset.tone = "unknown";
});
