/** "Is this the kind of product that the policy supports?" */
import type { Judge } from "./condition.ts";
import type { ParametersOf } from "./parameters.ts";

export const productIsOfKind: Judge<ParametersOf<"product-kind">> = ({ kinds, says, otherwise }, { product }) => {
  if (product === null) return { result: "pass", finding: "no product of an excluded kind is recorded" };
  if (!kinds.includes(product.kind)) return { result: "pass", finding: `\`${product.productId}\` is of kind ${product.kind}` };
  return {
    result: otherwise,
    finding: `\`${product.productId}\` is of kind ${product.kind}: ${says}`,
    facts: [{ path: `products/${product.productId}/kind`, value: product.kind }],
  };
};
