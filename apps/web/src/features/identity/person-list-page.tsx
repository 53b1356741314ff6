export const PersonListPage = () => null;
