/** "Which product line is this?" Without it nobody can say whether the line is covered as a whole. */
import * as z from "zod";
import { defineCondition } from "./condition.ts";

export const productLineKnown = defineCondition("product-line-known", { otherwise: z.literal("unknown") }, ({ otherwise }, { product, productId }) => {
  if (product !== null) return { result: "pass", finding: `\`${product.productId}\` belongs to product line \`${product.productLine}\`` };
  if (productId === null) return { result: otherwise, finding: "the request names no product", missing: "productId" };
  return { result: otherwise, finding: `product \`${productId}\` is not recorded`, facts: [{ path: `products/${productId}`, value: null }], missing: `product line of \`${productId}\`` };
});
