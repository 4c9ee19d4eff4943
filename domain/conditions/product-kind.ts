/** "Is this the kind of product that the policy supports?" */
import * as z from "zod";
import { product as productSchema } from "../facts.ts";
import { defineCondition } from "./condition.ts";

export const productIsOfKind = defineCondition(
  "product-kind",
  { kinds: z.array(productSchema.shape.kind).min(1), says: z.string().min(1).max(300), otherwise: z.enum(["fail", "discretion", "redirect"]) },
  ({ kinds, says, otherwise }, { product }) => {
    if (product === null) return { result: "pass", finding: "no product of an excluded kind is recorded" };
    if (!kinds.includes(product.kind)) return { result: "pass", finding: `\`${product.productId}\` is of kind ${product.kind}` };
    return {
      result: otherwise,
      finding: `\`${product.productId}\` is of kind ${product.kind}: ${says}`,
      facts: [{ path: `products/${product.productId}/kind`, value: product.kind }],
    };
  },
);
