export const ActListPage = () => null;
