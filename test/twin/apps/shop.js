// A small app as a user may have one: listens where PORT says, and asks its callee where PRICING_URL says.
const { createServer, get } = require('node:http');
const { spawn } = require('node:child_process');

console.log(`listens on ${process.env.PORT}`);
console.error('a word on stderr');
// A child of its own, as a build that watches would be.
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'child-of', process.cwd()], { stdio: 'ignore' });
process.on('exit', () => child.unref());

function ask(url) {
  return new Promise((resolve) => {
    get(url, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, body: JSON.parse(text) }));
    }).on('error', (error) => resolve({ status: 0, body: error.message }));
  });
}

const listener = async (request, response) => {
  if (request.url === '/crash') process.exit(3);
  if (request.url === '/healthz') return response.end('well');
  const pricing = await ask(`${process.env.PRICING_URL}/prices/7`);
  const caller = /URI=([^;,]+)/.exec(request.headers['x-forwarded-client-cert'] ?? '')?.[1];
  const { PORT, ...environment } = process.env;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ caller, pricing, environment, cwd: process.cwd(), pid: process.pid, child: child.pid }));
};
createServer(listener).listen(process.env.PORT, process.env.HOST);
if (process.env.PORT_METRICS) createServer((_, response) => response.end('numbers')).listen(process.env.PORT_METRICS, process.env.HOST);
