/** The CDK app: one stack a stage, for any account and region. */
import { App } from "aws-cdk-lib";
import { checkWithRulePacks } from "./nag.ts";
import { GoodStandingStack } from "./stack.ts";
import { stageName } from "./stage.ts";

const app = new App();
const stage = stageName(app.node.tryGetContext("stage"));
new GoodStandingStack(app, `good-standing-${stage}`, { stage });
checkWithRulePacks(app);
