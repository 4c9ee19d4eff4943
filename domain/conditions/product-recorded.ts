/** "Which product is this?" Without it nobody can say what line it belongs to and whether it is still supported. */
import * as z from "zod";
import { defineCondition } from "./condition.ts";

export const productRecorded = defineCondition("product-recorded", { otherwise: z.literal("unknown") }, ({ otherwise }, { product, productId }) => {
  if (product !== null) return { result: "pass", finding: `\`${product.productId}\` belongs to product line \`${product.productLine}\`` };
  if (productId === null) return { result: otherwise, finding: "the request names no product", missing: "productId" };
  return {
    result: otherwise,
    finding: `product \`${productId}\` is not recorded`,
    facts: [{ path: `products/${productId}`, value: null }],
    missing: `product \`${productId}\` and its product line`,
  };
});
