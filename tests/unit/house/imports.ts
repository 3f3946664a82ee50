import { posix } from 'node:path';
import ts from 'typescript';

/** `value` is loaded when the program runs, `type` is erased, `url` starts a worker file by its address. */
export type ImportKind = 'value' | 'type' | 'url';

export interface Import {
  readonly kind: ImportKind;
  /** A file's path from the project's root, or a library's name as written. */
  readonly target: string;
  readonly isLibrary: boolean;
  /** Loaded when it is asked for (`import()`), not with the file that names it. */
  readonly isLater: boolean;
  readonly line: number;
}

/** Every import, export-from, dynamic import, import type and worker address of one file. */
export function importsOf(path: string, text: string): readonly Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (kind: ImportKind, specifier: ts.Node | undefined, isLater = false): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const { line } = source.getLineAndCharacterOfPosition(specifier.getStart());
    // An address is relative to its file even without a leading dot; a bare import is a library.
    const isRelative = kind === 'url' || specifier.text.startsWith('.');
    const target = isRelative ? posix.join(posix.dirname(path), specifier.text) : specifier.text;
    found.push({ kind, target, isLibrary: !isRelative, isLater, line: line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'value',
        node.moduleSpecifier,
      );
    } else if (ts.isExportDeclaration(node)) {
      add(node.isTypeOnly ? 'type' : 'value', node.moduleSpecifier);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add('type', node.argument.literal);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add('value', node.arguments[0], true);
    } else if (isWorkerAddress(node)) {
      add('url', node.arguments?.[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `new URL('./some-file.ts', import.meta.url)`. Addresses of data files start no code and are left alone. */
function isWorkerAddress(node: ts.Node): node is ts.NewExpression {
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'URL') return false;
  const [path, base] = node.arguments ?? [];
  return (
    path !== undefined &&
    ts.isStringLiteralLike(path) &&
    path.text.endsWith('.ts') &&
    base?.getText() === 'import.meta.url'
  );
}
