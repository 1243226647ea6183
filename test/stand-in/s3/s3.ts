import { reply } from "../http/reply.ts";
import { operationOf } from "../operations.ts";
import type { Service } from "../service.ts";
import { verifySignature } from "../sigv4/verify.ts";

/** S3, as far as `aws s3 ls` asks it: ListBuckets, for every caller whose signature is right. */
export const s3: Service = (call, world) => {
  const fail = (status: number, code: string, message: string) => ({
    reply: reply(
      status,
      "application/xml",
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    ),
  });
  if (operationOf("s3", call) === undefined) return fail(404, "NoSuchKey", "There is no such operation here");
  const verdict = verifySignature(call, "s3", world);
  if ("refusal" in verdict) return fail(403, verdict.refusal.code, "The request is not signed as it must be");
  const bucket =
    "<Bucket><Name>example-bucket</Name><CreationDate>2026-01-02T03:04:05.000Z</CreationDate></Bucket>";
  const xmlns = "http://s3.amazonaws.com/doc/2006-03-01/";
  return {
    reply: reply(
      200,
      "application/xml",
      `<?xml version="1.0" encoding="UTF-8"?>\n<ListAllMyBucketsResult xmlns="${xmlns}"><Buckets>${bucket}</Buckets></ListAllMyBucketsResult>`,
    ),
    caller: verdict.session.arn,
  };
};
