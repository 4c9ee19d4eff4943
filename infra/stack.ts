/**
 * Good Standing in an AWS account: a table, a function for each capability behind one HTTP API, an event bus fed by the
 * table's stream, and a nightly test. Nothing runs while nobody asks. No resource has a name of its own, so several
 * stages fit in one account; the names here are part of what is deployed: changing one replaces what it names.
 */
import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { alarms } from "./alarms.ts";
import { httpApi } from "./api.ts";
import { guardApi } from "./api-stage.ts";
import { capabilityFunctions } from "./capability-functions.ts";
import { dashboard } from "./dashboard.ts";
import { ownDomain } from "./domain.ts";
import { eventBus } from "./events.ts";
import { identity } from "./identity.ts";
import { bulkImports } from "./imports.ts";
import { answerFindings } from "./nag.ts";
import { schedule } from "./schedule.ts";
import { refuseUnknownSettings } from "./settings.ts";
import { signalsOf } from "./signals.ts";
import { type StageName, stageOf } from "./stage.ts";
import { factsTable } from "./table.ts";

export class GoodStandingStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { stage: StageName }) {
    refuseUnknownSettings(scope.node);
    const stage = stageOf(props.stage, scope.node);
    super(scope, id, { terminationProtection: stage.keepsData, ...props });
    const table = factsTable(this, stage);
    const deadLetters = new Queue(this, "DeadLetters", {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    const functions = capabilityFunctions(this, stage, table);
    const api = httpApi(this, functions, identity(this, stage));
    guardApi(this, api, stage);
    ownDomain(this, api);
    bulkImports(this, stage, table, deadLetters, functions.imports);
    eventBus(this, stage, table, deadLetters);
    schedule(this, stage, table, deadLetters);
    const signals = signalsOf(this, stage, api, table);
    dashboard(this, signals, alarms(this, stage, signals));
    answerFindings(this);
  }
}
