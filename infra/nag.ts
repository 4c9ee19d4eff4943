/**
 * What rule packs (cdk-nag: AwsSolutions, Serverless) find and we do otherwise, each with its reason. A finding that is
 * not answered here fails `cdk synth`; an answer that nothing asks for any more fails the tests.
 */
import { type App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import type { Construct } from "constructs";

export interface Waiver {
  /** Construct ids from the stack down; the whole stack where empty. */
  at: string;
  id: string;
  reason: string;
}

const listingStreams = "To list the streams of a table knows no smaller scope than all; what is read of them is this table's alone.";

export const waivers: readonly Waiver[] = [
  {
    at: "",
    id: "Serverless-LambdaTracing",
    reason: "Off unless asked for: `-c tracing=on` is the one line. Each answer's log line has its request id and how long it took.",
  },
  {
    at: "Functions",
    id: "Serverless-LambdaDLQ",
    reason: "Only the gateway calls these, and waits: an error is the caller's answer, and nothing would ever come into such a queue.",
  },
  {
    at: "Events",
    id: "Serverless-LambdaDLQ",
    reason:
      "Read from a stream: what is given up on goes to the dead-letter queue by the `onFailure` of the event source, and of the publisher's nightly run.",
  },
  {
    at: "Imports",
    id: "Serverless-LambdaDLQ",
    reason: "Fed by a queue, whose redrive policy moves what failed five times to the dead-letter queue.",
  },
  {
    at: "Schedule",
    id: "Serverless-LambdaDLQ",
    reason: "Failed runs go to the dead-letter queue as an `onFailure` destination, which says why they failed; the older setting does not.",
  },
  {
    at: "Imports/ImportWorker",
    id: "Serverless-LambdaEventSourceMappingDestination",
    reason: "Queues take no such destination: the queue's redrive policy moves what failed five times to the dead-letter queue.",
  },
  { at: "DeadLetters", id: "Serverless-SQSRedrivePolicy", reason: "This is the dead-letter queue; an alarm tells when something lies in it." },
  {
    at: "Alarms/Topic",
    id: "Serverless-SNSRedrivePolicy",
    reason: "An alarm that a mailbox refused is still on the dashboard, and speaks again when it is over; a queue of them would be read by nobody.",
  },
  { at: "Events", id: "AwsSolutions-IAM5[Resource::*]", reason: listingStreams },
  {
    at: "Api",
    id: "AwsSolutions-APIG4",
    reason:
      "Health, the API's description and its page, and the answer to what is nowhere need no identity; every other route has the JWT authorizer (tested).",
  },
  {
    at: "Identity/UserPool",
    id: "AwsSolutions-COG1",
    reason: "Twelve characters of three kinds instead of eight of four: longer is stronger than odder (NIST SP 800-63B, 3.1.1.2).",
  },
  {
    at: "Identity/UserPool",
    id: "AwsSolutions-COG2",
    reason:
      "Each person may set up a one-time code; the first admin could not sign in if it were required. Operators who require it bring their own issuer.",
  },
  {
    at: "Identity/UserPool",
    id: "AwsSolutions-COG8",
    reason:
      "The plus plan (odd sign-ins, leaked passwords) is paid for each person each month. Nobody signs up here, people are invited; who wants it brings an issuer that has it.",
  },
  {
    at: "Imports/Uploads",
    id: "AwsSolutions-S1",
    reason: "Files lie here for a week and are reached by signed addresses for one object; who handed one in is in the import's own record.",
  },
  {
    at: "Imports/ImportWorkerRole",
    id: "AwsSolutions-IAM5[Resource::<ImportsUploads4401D6EB.Arn>/uploads/*]",
    reason: "Each import has a file of its own, named when it is asked for.",
  },
  {
    at: "Functions/ImportsRole",
    id: "AwsSolutions-IAM5[Resource::<ImportsUploads4401D6EB.Arn>/uploads/*]",
    reason: "Each import has a file of its own, named when it is asked for.",
  },
];

/** @param stack with everything in it */
export function answerFindings(stack: Construct): void {
  for (const { at, id, reason } of waivers) {
    const where =
      at === "" ? stack : at.split("/").reduce<Construct | undefined>((scope, name) => scope?.node.tryFindChild(name) as Construct, stack);
    // Another issuer in the place of the user pool: then there is none to speak of.
    if (where !== undefined) Validations.of(where).acknowledge({ id, reason });
  }
}

export function checkWithRulePacks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
