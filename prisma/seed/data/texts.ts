/** Texts that were approved beforehand, boring on purpose. `fallback`: what a rung shows; `notice`: what is shown inside the workflow. */
export const TEXTS: { key: string; purpose: "fallback" | "notice"; text: string }[] = [
  // Reply assistant
  {
    key: "reply-template",
    purpose: "fallback",
    text: "Thank you for your message. We have received it, and a member of our team will reply by email within one working day. You do not need to write again.",
  },
  {
    key: "reply-static",
    purpose: "fallback",
    text: "The answers to common questions are in the Help centre. To reach our team, use the contact form there.",
  },
  {
    key: "reply-manual",
    purpose: "fallback",
    text: "Please fill in the contact form. A member of our team will read your message and reply to you.",
  },
  {
    key: "billing-template",
    purpose: "fallback",
    text: "Thank you for your message about a payment or a charge. Our billing team will look at your account and reply by email within one working day. You do not need to write again.",
  },
  {
    key: "billing-manual",
    purpose: "fallback",
    text: "Please choose the payment in your list of transactions and select “Ask about this payment”. Our billing team will look into it.",
  },
  {
    key: "billing-person",
    purpose: "fallback",
    text: "We are connecting you to a member of our billing team. Please stay in this conversation.",
  },
  {
    key: "refunds-template",
    purpose: "fallback",
    text: "Thank you for your message about a refund. Our team will check the payment and reply by email within two working days. Nothing has been decided yet.",
  },
  {
    key: "refunds-manual",
    purpose: "fallback",
    text: "Please open the payment and select “Request a refund”. Our team will check it and reply to you.",
  },
  {
    key: "refunds-person",
    purpose: "fallback",
    text: "We are connecting you to a member of our team who can check your refund. Please stay in this conversation.",
  },
  {
    key: "shipping-cached",
    purpose: "fallback",
    text: "A new card usually arrives within five working days after it was ordered. You can see the day of dispatch under Cards.",
  },
  {
    key: "shipping-template",
    purpose: "fallback",
    text: "Thank you for your message about a delivery. You can see the day of dispatch under Cards. If ten working days have passed, reply to this message and our team will send a new one.",
  },
  {
    key: "shipping-static",
    purpose: "fallback",
    text: "You can see where your delivery is under Cards, then “Delivery”.",
  },
  {
    key: "card-template",
    purpose: "fallback",
    text: "Thank you for your message about your card. If it is lost or stolen, please freeze it now under Cards. Our team will reply by email within one working day.",
  },
  {
    key: "card-static",
    purpose: "fallback",
    text: "You can freeze, unfreeze and replace a card under Cards. The answers to common questions about cards are in the Help centre.",
  },
  {
    key: "account-template",
    purpose: "fallback",
    text: "Thank you for your message about your account. Our team will reply by email within one working day. We never ask for your password or your PIN.",
  },
  {
    key: "account-person",
    purpose: "fallback",
    text: "We are connecting you to a member of our team. Please have your customer number ready. We never ask for your password or your PIN.",
  },
  // Case summary and Knowledge answers
  {
    key: "summary-static",
    purpose: "fallback",
    text: "There is no summary for this case. Please read the messages, the newest first.",
  },
  {
    key: "summary-manual",
    purpose: "fallback",
    text: "Please write a short summary for whoever takes over this case.",
  },
  {
    key: "knowledge-cached",
    purpose: "fallback",
    text: "This answer was written by our team. It was last checked this month.",
  },
  { key: "knowledge-static", purpose: "fallback", text: "Please search the Help centre, or browse its topics." },
  { key: "knowledge-manual", purpose: "fallback", text: "Please use the contact form to ask our team." },
  // Call notes
  {
    key: "notes-static",
    purpose: "fallback",
    text: "There are no notes of this call. Please write them while you remember it.",
  },
  { key: "notes-manual", purpose: "fallback", text: "Please write down what was agreed." },
  // Notices
  {
    key: "notice-slower",
    purpose: "notice",
    text: "Replies may take longer than usual today. You do not need to write again.",
  },
  { key: "notice-people", purpose: "notice", text: "Our team answers every message itself today." },
  {
    key: "notice-check",
    purpose: "notice",
    text: "Some recent replies may have been wrong. Please check with our team before you act on them.",
  },
];
