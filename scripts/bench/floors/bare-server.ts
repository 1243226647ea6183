/** The least server that answers with as many bytes as a credential endpoint. It tells its port, and ends with its stdin. */
async function serve(): Promise<void> {
  const body = JSON.stringify({ text: "x".repeat(900) });
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => new Response(body, { headers: { "Content-Type": "application/json" } }),
  });
  console.log(server.port);
  await Bun.stdin.text();
  await server.stop(true);
}

serve();
