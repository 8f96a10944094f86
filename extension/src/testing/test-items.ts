import * as vscode from 'vscode';
import { testsRequest, type TestProjectAnswer } from '../../../server/src/protocol/test-requests.ts';
import type { LanguageServer } from '../language-client.ts';
import { KnownTests } from './known-tests.ts';
import type { TestNode } from './test-tree.ts';

/** Fills the Testing view: the projects, and the tests of each, when somebody asks; then whenever they change. */
export class TestItems {
  readonly known = new KnownTests();
  readonly #controller: vscode.TestController;
  readonly #server: LanguageServer;
  readonly #items = new Map<string, vscode.TestItem>();
  /** Of every project, in what its items were made of last. */
  readonly #ids = new Map<string, readonly string[]>();
  #isOpen = false;

  constructor(controller: vscode.TestController, server: LanguageServer) {
    this.#controller = controller;
    this.#server = server;
  }

  item(id: string): vscode.TestItem | undefined {
    return this.#items.get(id);
  }

  /** Asks for the projects, or for the tests of the project that an item shows; true where these were not known before. */
  async resolve(item: vscode.TestItem | undefined): Promise<boolean> {
    if (item === undefined) {
      this.#isOpen = true;
      await this.#readProjects();
      return false;
    }
    const isNew = this.known.project(item.id) === undefined;
    await this.#readTests(item);
    return isNew;
  }

  /** Asks again for what is shown. */
  async refresh(): Promise<void> {
    if (!this.#isOpen) return;
    await this.#readProjects();
    for (const { answer } of this.known.all()) {
      const item = this.#items.get(answer.projectUri);
      if (item) await this.#readTests(item);
    }
  }

  async #readProjects(): Promise<void> {
    const answers = await this.#server.request<readonly TestProjectAnswer[]>(testsRequest, {});
    // A server that starts anew knows nothing yet; what is shown stays until it does.
    if (!answers) return;
    const wanted = new Set(answers.map(({ projectUri }) => projectUri));
    for (const { answer } of this.known.all())
      if (!wanted.has(answer.projectUri)) this.known.forget(answer.projectUri);
    const items = answers.map((answer) => this.#items.get(answer.projectUri) ?? this.#projectItem(answer));
    this.#controller.items.replace(items);
  }

  #projectItem({ projectUri, openUri, name, systemTitle }: TestProjectAnswer): vscode.TestItem {
    const item = this.#controller.createTestItem(projectUri, name, vscode.Uri.parse(openUri));
    item.description = systemTitle;
    item.canResolveChildren = true;
    this.#items.set(projectUri, item);
    return item;
  }

  async #readTests(item: vscode.TestItem): Promise<void> {
    const params = { projectUri: item.id };
    const answers = await this.#server.request<readonly TestProjectAnswer[]>(testsRequest, params);
    const answer = answers?.find(({ projectUri }) => projectUri === item.id);
    if (!answer || !this.known.take(answer)) return;
    for (const id of this.#ids.get(item.id) ?? []) this.#items.delete(id);
    const ids: string[] = [];
    const made = (node: TestNode, at: number): vscode.TestItem => {
      const child = this.#controller.createTestItem(node.id, node.label, vscode.Uri.parse(node.uri));
      const { start, end } = node.range;
      child.range = new vscode.Range(start.line, start.character, end.line, end.character);
      child.description = node.description;
      child.sortText = String(at).padStart(6, '0');
      child.children.replace(node.children.map(made));
      this.#items.set(node.id, child);
      ids.push(node.id);
      return child;
    };
    item.children.replace((this.known.project(item.id)?.tree ?? []).map(made));
    this.#ids.set(item.id, ids);
  }
}
