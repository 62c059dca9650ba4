const $ = (id) => document.getElementById(id);
let shownFaults = "";

/** A field of a fault: a check box for yes or no, else a text box whose empty value means null. */
function field([name, says], value) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.name = name;
  if (typeof value === "boolean") Object.assign(input, { type: "checkbox", checked: value });
  else input.value = value ?? "";
  label.append(says, input);
  return label;
}

function readFaults() {
  const read = {};
  for (const input of $("faults").querySelectorAll("input")) {
    const text = input.value.trim();
    if (input.type === "checkbox") read[input.name] = input.checked;
    else if (text === "") read[input.name] = null;
    else read[input.name] = input.name === "provider" ? text : Number(text);
  }
  return read;
}

async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function buttons() {
  const apply = Object.assign(document.createElement("button"), { type: "submit", textContent: "Turn these on" });
  const reset = Object.assign(document.createElement("button"), { type: "button", textContent: "No faults" });
  reset.addEventListener("click", () => change({ method: "DELETE" }));
  return [apply, reset];
}

async function change(options) {
  $("problem").textContent = "";
  try {
    await ask("/faults", options);
    await refresh();
  } catch (error) {
    $("problem").textContent = error.message;
  }
}

async function refresh() {
  const { faults, says } = await ask("/faults");
  if (JSON.stringify(faults) !== shownFaults) {
    shownFaults = JSON.stringify(faults);
    $("faults").replaceChildren(...Object.entries(says).map((one) => field(one, faults[one[0]])), ...buttons());
  }
  const { requests } = await ask("/requests");
  $("now").textContent = `${requests.length} requests remembered.`;
  $("requests").replaceChildren(...requests.slice(-15).reverse().map(row));
}

function row(request) {
  const made = document.createElement("tr");
  const running = request.status === 200 ? "complete" : request.status ? `failed (${request.status})` : "running";
  const end = request.aborted ? "client went away" : running;
  for (const text of [
    `${request.provider} ${request.model}`,
    request.category ?? "",
    `${request.tokensSent} of ${request.tokensPlanned}`,
    end,
  ]) {
    made.append(Object.assign(document.createElement("td"), { textContent: text }));
  }
  return made;
}

$("faults").addEventListener("submit", (event) => {
  event.preventDefault();
  change({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(readFaults()) });
});

async function keepFresh() {
  try {
    await refresh();
  } catch {
    $("now").textContent = "The model server does not answer.";
  }
  setTimeout(keepFresh, 1000);
}
keepFresh();
