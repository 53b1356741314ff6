export const RecordingListPage = () => null;
