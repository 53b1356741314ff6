import { connect, createServer } from 'node:net';

/** The end of a lossy network: hands on to a socket file, which is reached from any network, and resets what is reset there. */
const socket = process.argv[2] ?? '';
const server = createServer({ allowHalfOpen: true }, (client) => {
    const onward = connect({ path: socket, allowHalfOpen: true });
    client.pipe(onward);
    onward.pipe(client);
    client.on('error', () => onward.destroy());
    onward.on('error', () => client.resetAndDestroy());
    client.on('close', () => onward.destroy());
    onward.on('close', () => {
        if (!client.readableEnded) client.resetAndDestroy();
    });
});
server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) console.log(`http://127.0.0.1:${address.port}`);
});
