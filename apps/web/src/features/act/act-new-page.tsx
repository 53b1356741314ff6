export const ActNewPage = () => null;
