/**
 * The catalog, shared by all accounts: the products that policies speak of, and price lists.
 */
import { type Catalog, priceList, product } from "../domain/facts.ts";
import { factRoutes, type Shelf } from "./http/fact-routes.ts";
import type { Operations } from "./http/operation.ts";
import { serve } from "./http/serve.ts";

function inCatalog(listed: (catalog: Catalog) => readonly object[]): Shelf {
  return {
    above: [],
    owner: () => "catalog",
    read: async (call, _ids, knownAt) => listed((await call.store.readCatalog(knownAt)).catalog),
    among: ({ catalog }) => listed(catalog),
  };
}

const products = factRoutes({
  name: "product",
  answerName: "ProductAnswer",
  tag: "Catalog",
  collection: "products",
  idName: "productId",
  schema: product,
  shelf: inCatalog((catalog) => catalog.products),
});

const priceLists = factRoutes({
  name: "price list",
  answerName: "PriceListAnswer",
  tag: "Catalog",
  collection: "price-lists",
  idName: "priceListId",
  schema: priceList,
  shelf: inCatalog((catalog) => catalog.priceLists),
});

export const operations: Operations = {
  "GET /v1/products": products.list,
  "PUT /v1/products/{productId}": products.put,
  "GET /v1/products/{productId}": products.get,
  "DELETE /v1/products/{productId}": products.delete,
  "GET /v1/price-lists": priceLists.list,
  "PUT /v1/price-lists/{priceListId}": priceLists.put,
  "GET /v1/price-lists/{priceListId}": priceLists.get,
  "DELETE /v1/price-lists/{priceListId}": priceLists.delete,
};

export const handler = serve(operations);
