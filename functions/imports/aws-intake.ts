/** Takes files by addresses that are signed for one object and a quarter of an hour, and queues the work in SQS. */
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ImportIntake } from "./intake.ts";
import { enqueueIn } from "./queue.ts";
import { objectKeyOf } from "./s3-uploads.ts";

const signedForSeconds = 900;

interface Environment {
  UPLOAD_BUCKET: string | undefined;
  IMPORT_QUEUE_URL: string | undefined;
}

/** Clients are made when first used: reading how far an import is needs none. */
export function awsIntake({ UPLOAD_BUCKET: Bucket, IMPORT_QUEUE_URL: queueUrl }: Environment): ImportIntake {
  let s3: S3Client | undefined;
  let sqs: SQSClient | undefined;
  return {
    uploadUrl(importId) {
      if (!Bucket) throw new Error("the environment variable `UPLOAD_BUCKET` is not set");
      // Else the SDK signs the checksum of an empty body, and no file can be put.
      s3 ??= new S3Client({ requestChecksumCalculation: "WHEN_REQUIRED" });
      return getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: objectKeyOf(importId) }), { expiresIn: signedForSeconds });
    },
    enqueue(importId) {
      if (!queueUrl) throw new Error("the environment variable `IMPORT_QUEUE_URL` is not set");
      sqs ??= new SQSClient({});
      return enqueueIn(sqs, queueUrl, importId);
    },
  };
}
