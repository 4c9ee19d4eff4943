/** Bulk imports: a private bucket that takes files for a week, a queue, and the function that works on them. */
import { Duration, Stack } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, HttpMethods, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { type IQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { uploadDays } from "../functions/imports/uploads.ts";
import { grantAccess, importing } from "./capability-access.ts";
import { maySend } from "./dead-letters.ts";
import { identityContext } from "./identity-context.ts";
import { nodeFunction } from "./node-function.ts";
import type { Stage } from "./stage.ts";

const timeout = Duration.minutes(5);

/** @param api the function of the capability `imports`: it signs upload addresses and asks for work */
export function bulkImports(scope: Construct, stage: Stage, table: ITable, deadLetters: IQueue, api: IFunction): void {
  const imports = new Construct(scope, "Imports");
  const { consoleUrl } = identityContext(scope.node);
  // Files go by themselves after a week, so nothing in it needs to outlive the stack.
  const bucket = new Bucket(imports, "Uploads", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(uploadDays), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: stage.removal,
    // A page hands a file in at its signed address, which is all that it needs; the bucket is as private as before.
    ...(consoleUrl !== null && {
      cors: [{ allowedOrigins: [new URL(consoleUrl).origin], allowedMethods: [HttpMethods.PUT], allowedHeaders: ["content-type"] }],
    }),
  });
  const queue = new Queue(imports, "Queue", {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    // Six times the function's timeout, as Lambda's guide for queues asks: a message comes again when the worker that had it is gone.
    visibilityTimeout: Duration.minutes(30),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
  });
  tellOfUploads(bucket, queue);

  const worker = nodeFunction(imports, {
    name: "import-worker",
    does: "Reads, writes and undoes bulk imports",
    stage,
    environment: { TABLE_NAME: table.tableName, UPLOAD_BUCKET: bucket.bucketName, IMPORT_QUEUE_URL: queue.queueUrl },
    timeout,
  });
  // A message is an import: one that fails says nothing about another. No more at once than the table takes beside its callers.
  worker.addEventSource(new SqsEventSource(queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 4 }));
  grantAccess(table, worker, importing);
  worker.addToRolePolicy(new PolicyStatement({ actions: ["s3:GetObject"], resources: [bucket.arnForObjects("uploads/*")] }));
  // Without it, object storage answers "denied" where a file is no longer kept.
  worker.addToRolePolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));
  maySend(worker, queue);

  const asking = api as NodejsFunction;
  asking.addEnvironment("UPLOAD_BUCKET", bucket.bucketName);
  asking.addEnvironment("IMPORT_QUEUE_URL", queue.queueUrl);
  asking.addToRolePolicy(new PolicyStatement({ actions: ["s3:PutObject"], resources: [bucket.arnForObjects("uploads/*")] }));
  maySend(asking, queue);
}

/** By the bucket's own property: the library's way brings a function of its own that may reconfigure buckets. */
function tellOfUploads(bucket: Bucket, queue: Queue): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("s3.amazonaws.com")],
      actions: ["sqs:SendMessage"],
      resources: [queue.queueArn],
      conditions: { StringEquals: { "aws:SourceAccount": Stack.of(queue).account } },
    }),
  );
  (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
    queueConfigurations: [
      { event: "s3:ObjectCreated:*", queue: queue.queueArn, filter: { s3Key: { rules: [{ name: "prefix", value: "uploads/" }] } } },
    ],
  };
  // Storage tests whether it may send before it takes the configuration.
  bucket.node.addDependency(queue);
}
