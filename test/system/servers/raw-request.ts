/** What a loopback port answers to a request that no client would write. The server must close the connection. */
export async function askRaw(port: number, request: string): Promise<string> {
  const answer = Promise.withResolvers<string>();
  let came = "";
  await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open: (socket) => void socket.write(request),
      data: (_, bytes) => {
        came += bytes.toString();
      },
      close: () => answer.resolve(came),
    },
  });
  return answer.promise;
}
