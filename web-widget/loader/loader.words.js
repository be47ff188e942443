export const words = {
  it: ['Apri la chat', 'La chat ora non si apre.'],
  en: ['Open the chat', 'The chat does not open now.'],
};
