/** "Which product is this?" Without it nobody can say what line it belongs to and whether it is still supported. */
import type { Catalog } from "../facts.ts";
import { nearest } from "../nearest.ts";
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const productRecorded: Judge<ParametersOf<"product-recorded">> = ({ otherwise }, { product, productId, facts: { catalog } }) => {
  if (product !== null) return { result: "pass", finding: `\`${product.productId}\` belongs to product line \`${product.productLine}\`` };
  if (productId === null) return { result: otherwise, finding: "the request names no product", missing: "productId" };
  return {
    result: otherwise,
    finding: `product \`${productId}\` is not recorded`,
    facts: [{ path: `products/${productId}`, value: null }],
    missing: `product \`${productId}\` and its product line`,
    cure: { says: `record product \`${productId}\` with its product line${meant(productId, catalog)}` },
  };
};

function meant(productId: string, { products }: Catalog): string {
  const near = nearest(
    productId,
    products.map((one) => one.productId),
  );
  return near === null ? "" : `, if not \`${near}\` is meant`;
}
