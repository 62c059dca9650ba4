const SORRY = "We are sorry: an automatic answer is not available just now.";

/**
 * What the customer gets when AI does not answer, one per rung. The texts are the approved ones of the control room; where it has none
 * the desk's own stand in, because a customer must never be left with nothing.
 */
export const fallbacks = {
  cached: ({ text }) => text ?? `${SORRY} The answers to common questions are under Help.`,
  template: ({ text }) => text ?? `${SORRY} A colleague answers you within one working day.`,
  static: ({ text }) => text ?? `${SORRY} Please see Help, or call us.`,
  manual: ({ text }) => text ?? "Please fill in this form, and a colleague takes it from there.",
  person: ({ text }) => text ?? "You are being put through to a colleague.",
};
