export const ActPage = () => null;
