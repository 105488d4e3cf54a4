import { createServer } from 'node:http';

/** The app at the end of each way: answers 200 and five bytes to everything. A process of its own, which says its port and ends with its parent. */
const body = 'hello';
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length }).end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('disconnect', () => process.exit());
