const KEPT = 150;

/**
 * The desk's conversations, newest last, bounded. One is `{id, at, source, customer, category, scenarios, message, state, text, draft,
 * notices, because, retracted, served, decisionId, decision, agent}`; `state` is what the customer sees:
 * `waiting`, `writing` (text grows), `answered`, `draft` (an agent must send it), `template`, `static`, `cached`, `manual` (a form), `person`.
 */
export function createConversations() {
  const byId = new Map();
  const listeners = new Set();
  let count = 0;

  function change(conversation, changes) {
    Object.assign(conversation, changes);
    for (const listener of listeners) listener(conversation);
  }

  return {
    change,
    all: () => [...byId.values()],
    get: (id) => byId.get(id),
    open(fields) {
      const conversation = {
        id: `c-${++count}`,
        at: new Date().toISOString(),
        state: "waiting",
        text: "",
        draft: null,
        notices: [],
        because: [],
        retracted: false,
        served: null,
        decisionId: null,
        decision: null,
        agent: [],
        ...fields,
      };
      byId.set(conversation.id, conversation);
      if (byId.size > KEPT) byId.delete(byId.keys().next().value);
      change(conversation, {});
      return conversation;
    },
    /** Calls `listener(conversation)` on every change until the returned function is called. */
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
