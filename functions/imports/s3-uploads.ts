/** Files of imports as they lie in object storage. */
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Unreadable } from "./unreadable.ts";
import type { Uploads } from "./uploads.ts";

export function objectKeyOf(importId: string): string {
  return `uploads/${importId}.csv`;
}

/** Null for an object that is none of ours. */
export function importIdOf(key: string): string | null {
  return /^uploads\/([\w-]+)\.csv$/.exec(key)?.[1] ?? null;
}

export function s3Uploads(client: S3Client, Bucket: string): Uploads {
  return {
    async open(importId, version) {
      try {
        const {
          Body,
          ContentLength = 0,
          ETag = "",
        } = await client.send(new GetObjectCommand({ Bucket, Key: objectKeyOf(importId), ...(version !== null && { IfMatch: version }) }));
        return { bytes: ContentLength, version: ETag, content: Body as unknown as AsyncIterable<Uint8Array> };
      } catch (error) {
        const { name } = error as Error;
        if (name === "NoSuchKey" || name === "NotFound") return null;
        if (name === "PreconditionFailed" || name === "412")
          throw new Unreadable("upload-replaced", "another file was handed in after this one was read: start a new import with it");
        throw error;
      }
    },
  };
}
