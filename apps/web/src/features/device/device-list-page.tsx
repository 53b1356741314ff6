export const DeviceListPage = () => null;
