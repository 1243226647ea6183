/** The least that one request to STS can cost, through the same proxy and the same private authority. */
async function main(): Promise<void> {
  const { HTTPS_PROXY, AWS_CA_BUNDLE = "" } = process.env;
  const response = await fetch("https://sts.us-east-1.amazonaws.com/", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: "Action=GetCallerIdentity&Version=2011-06-15",
    tls: { ca: await Bun.file(AWS_CA_BUNDLE).text() },
    ...(HTTPS_PROXY === undefined ? {} : { proxy: HTTPS_PROXY }),
  });
  await response.text();
  console.log(response.status);
}

main();
