/** "Which product is this?" Without it nobody can say what line it belongs to and whether it is still supported. */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const productRecorded: Judge<ParametersOf<"product-recorded">> = ({ otherwise }, { product, productId }) => {
  if (product !== null) return { result: "pass", finding: `\`${product.productId}\` belongs to product line \`${product.productLine}\`` };
  if (productId === null) return { result: otherwise, finding: "the request names no product", missing: "productId" };
  return {
    result: otherwise,
    finding: `product \`${productId}\` is not recorded`,
    facts: [{ path: `products/${productId}`, value: null }],
    missing: `product \`${productId}\` and its product line`,
  };
};
