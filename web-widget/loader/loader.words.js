export const words = {
  it: ['Apri la chat', 'La chat non si apre.'],
  en: ['Open the chat', 'The chat does not open.'],
};
