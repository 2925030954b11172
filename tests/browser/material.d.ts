// What Material for MkDocs gives to scripts: the document, again after every instant navigation.
declare const document$: {
  subscribe(next: (document: Document) => void): { unsubscribe(): void };
};
