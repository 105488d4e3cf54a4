// The program of own-program.ts.
const { createServer } = require('node:http');

const answer = async (request, response) => {
  if (request.url === '/healthz') return response.end('well');
  const charged = await fetch(`${process.env.STRIPE_URL}/v1/charges`);
  const { external } = await charged.json();
  console.log(`${request.url} charged by ${external}`);
  response.end(`charged by ${external}, priced at ${process.env.PRICING_HOST}`);
};
createServer(answer).listen(process.env.PORT ?? 8080, process.env.HOST);
