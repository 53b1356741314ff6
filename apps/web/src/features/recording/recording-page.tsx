export const RecordingPage = () => null;
