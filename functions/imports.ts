/**
 * Bulk imports in AWS: files are handed in to object storage by a signed address, a queue does the work. The routes
 * themselves are in `imports/operations.ts`, so that no other function carries the signer.
 */
import { environment, serve } from "./http/serve.ts";
import { awsIntake } from "./imports/aws-intake.ts";
import { operations } from "./imports/operations.ts";

export { operations };

const { UPLOAD_BUCKET, IMPORT_QUEUE_URL } = process.env;

export const handler = serve(operations, { ...environment, imports: awsIntake({ UPLOAD_BUCKET, IMPORT_QUEUE_URL }) });
