/** The bar of saved views: what a screen's search parameters hold, under names. */
export function SavedViews(_props: { readonly screen: string }) {
  return null;
}
