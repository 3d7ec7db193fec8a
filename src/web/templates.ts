// Templates into plain functions: each appends one text to another, and reads the model's properties as code would
// (docs/decisions/024). Handlebars parses them; what they mean is as there, in strict mode, for the little that they use:
// if, unless, each, with, lookup, partials, "../", @root and @index.
import { compileFunction } from 'node:vm';
import { escapeExpression, parse } from './handlebars.ts';

type Node<Type extends keyof Nodes> = Nodes[Type];
interface Nodes {
  readonly program: hbs.AST.Program;
  readonly block: hbs.AST.BlockStatement;
  readonly partial: hbs.AST.PartialStatement;
  readonly path: hbs.AST.PathExpression;
}

/** What names stand for at a place of a template. */
interface Scope {
  /** The variable that holds what names are looked up in. */
  readonly context: string;
  /** Names that a call of a partial gives, as code. They stand before those of the context. */
  readonly given: ReadonlyMap<string, string>;
  /** The variable that counts the passes of the nearest `each`. */
  readonly index: string | undefined;
  /** Where "../" leads. */
  readonly outer: Scope | undefined;
}

/** A template as it is compiled: what is asked of the model, and the model of the whole page for "@root". */
type Compiled = (context: object, root: object) => string;

/** Given a pure partial, what it is to write of, and how; returns what is to stand in the text for that. */
export type StandIn = (partial: string, of: object, write: () => string) => string;

const WRITTEN: StandIn = (_partial, _of, write) => write();

/**
 * Templates, each of which is compiled when it is first rendered: a start need not wait for pages that nobody asks for. One
 * whose file name begins with "_" is a partial: {{> topics/row}} calls topics/_row.
 */
export class Templates {
  readonly #compiler: Compiler;
  readonly #pure: ReadonlySet<string>;
  #standIn: StandIn = WRITTEN;
  /** By name; one that was not rendered yet compiles itself and takes its own place. */
  readonly #compiled: Record<string, Compiled> = Object.create(null) as Record<string, Compiled>;

  /**
   * @param sources name → text of the template; with a name that ends in ".txt" it is plain text, and nothing is escaped.
   * @param pure names of partials that ask nothing of "@root" which is not the same in all pages: they write the same of the
   *   same object
   */
  constructor(sources: ReadonlyMap<string, string>, pure: readonly string[] = []) {
    this.#compiler = new Compiler(sources);
    this.#pure = new Set(pure);
    for (const name of sources.keys()) {
      this.#compiled[name] = (context, root) => this.compile(name)(context, root);
    }
  }

  /**
   * @param standIn what stands in the text for what a pure partial writes
   * @throws when there is no such template, or it asks for something the model lacks.
   */
  render(name: string, model: object, standIn: StandIn = WRITTEN): string {
    const template = this.#compiled[name];
    if (!template) throw new Error(`views/${name}.hbs does not exist`);
    this.#standIn = standIn;
    return template(model, model);
  }

  /** @throws when the template cannot be read, calls a partial that does not exist, or uses what templates may not. */
  compile(name: string): Compiled {
    const make = compileFunction(`'use strict'; return ${this.#compiler.functionOf(name)}`, [
      't',
      'escape',
      'filled',
      'listed',
      'absent',
    ]) as (...tools: unknown[]) => Compiled;
    const made = make(this.#compiled, escapeExpression, isFilled, listOf, absent);
    const pure: Compiled = (context, root) => this.#standIn(name, context, () => made(context, root));
    return (this.#compiled[name] = this.#pure.has(name) ? pure : made);
  }
}

/** What `if` and `with` take for there: neither nothing, nor an empty list. */
function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

const NONE: readonly unknown[] = [];

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (value === undefined || value === null) return NONE;
  throw new Error(`a template goes through what is no list: ${typeof value}`);
}

/** A value that is undefined: the model may say so, but it must not lack it. */
function absent(owner: object, name: string, place: string): string {
  if (name in owner) return '';
  throw new Error(`"${name}" not defined in the model of ${place}`);
}

class Compiler {
  readonly #sources: ReadonlyMap<string, string>;
  /** What was parsed already: partials are written into many. */
  readonly #programs = new Map<string, Node<'program'>>();
  #template = '';
  #variables = 0;
  /** Partials that are written into the function at present, the innermost last. */
  #inside: readonly string[] = [];

  constructor(sources: ReadonlyMap<string, string>) {
    this.#sources = sources;
  }

  functionOf(name: string): string {
    this.#template = name;
    this.#variables = 0;
    this.#inside = [name];
    const body = this.#program(this.#find(name), {
      context: 'c',
      given: new Map(),
      index: undefined,
      outer: undefined,
    });
    return `function (c, root) { let out = '', v; ${body} return out; }`;
  }

  #find(name: string): Node<'program'> {
    const source = this.#sources.get(name);
    if (source === undefined) throw this.#fault(`calls ${name}, which does not exist`);
    const program = this.#programs.get(name) ?? parse(name, source);
    this.#programs.set(name, program);
    return program;
  }

  #program(program: Node<'program'> | undefined, scope: Scope): string {
    return (program?.body ?? []).map((statement) => this.#statement(statement, scope)).join('');
  }

  #statement(statement: hbs.AST.Statement, scope: Scope): string {
    switch (statement.type) {
      case 'ContentStatement':
        return append(JSON.stringify((statement as hbs.AST.ContentStatement).value));
      case 'CommentStatement':
        return '';
      case 'MustacheStatement':
        return this.#value(statement as hbs.AST.MustacheStatement, scope);
      case 'BlockStatement':
        return this.#block(statement as Node<'block'>, scope);
      case 'PartialStatement':
        return this.#partial(statement as Node<'partial'>, scope);
      default:
        throw this.#fault(`uses a ${statement.type}`);
    }
  }

  #value(statement: hbs.AST.MustacheStatement, scope: Scope): string {
    const read = this.#read(statement, scope);
    if (statement.escaped && !this.#template.endsWith('.txt'))
      return append(
        isLiteral(read) ? JSON.stringify(escapeExpression(JSON.parse(read) as string)) : `escape(${read})`,
      );
    return append(`${read} ?? ''`);
  }

  /** What must be there: a value of the model, or one that `lookup` finds in a table by a name. */
  #read({ path, params, hash, loc }: hbs.AST.MustacheStatement, scope: Scope): string {
    const [table, name, more] = params;
    if (path.type !== 'PathExpression' || hash) throw this.#fault('calls something that is no value');
    const finds = (path as Node<'path'>).original === 'lookup' && table && name && !more;
    if (table && !finds) throw this.#fault('calls something that is no value');
    if (finds)
      return this.#strictly(this.#expression(table, scope), this.#expression(name, scope), loc.start.line);
    const { owner, name: last } = this.#path(path as Node<'path'>, scope);
    return last === undefined ? owner : this.#strictly(owner, JSON.stringify(last), loc.start.line);
  }

  #block({ path, params, hash, program, inverse }: Node<'block'>, scope: Scope): string {
    const [subject] = params;
    if (!subject || params.length > 1 || hash)
      throw this.#fault(`calls ${path.original} with something else`);
    const value = this.#expression(subject, scope);
    const otherwise = this.#program(inverse, scope);
    switch (path.original) {
      case 'if':
        return `if (filled(${value})) {${this.#program(program, scope)}} else {${otherwise}}`;
      case 'unless':
        return `if (filled(${value})) {${otherwise}} else {${this.#program(program, scope)}}`;
      case 'with': {
        const context = this.#variable();
        const body = this.#program(program, { context, given: new Map(), outer: scope, index: scope.index });
        return `{ const ${context} = ${value}; if (filled(${context})) {${body}} else {${otherwise}} }`;
      }
      case 'each': {
        const [list, context, index] = [this.#variable(), this.#variable(), this.#variable()];
        const body = this.#program(program, { context, given: new Map(), outer: scope, index });
        return `{ const ${list} = listed(${value}); for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1) {
          const ${context} = ${list}[${index}]; ${body}} if (${list}.length === 0) {${otherwise}} }`;
      }
      default:
        throw this.#fault(`calls ${path.original}`);
    }
  }

  /** One that is given values beside the context is written into the function that calls it, with these in their places. */
  #partial({ name, params, hash, indent }: Node<'partial'>, scope: Scope): string {
    const called = String((name as Node<'path'>).original).replace(/[^/]*$/, '_$&');
    const program = this.#find(called);
    const [other] = params;
    const given = new Map(other ? [] : scope.given);
    for (const { key, value } of hash?.pairs ?? []) given.set(key, this.#expression(value, scope));
    const value = other ? this.#expression(other, scope) : scope.context;
    const before = indent ? append(JSON.stringify(indent)) : '';
    if (given.size === 0) return `${before}${append(`t[${JSON.stringify(called)}](${value}, root)`)}`;
    if (this.#inside.includes(called)) throw this.#fault(`calls ${called} with values inside of itself`);
    const [context, outside] = [this.#variable(), this.#inside];
    this.#inside = [...outside, called];
    const body = this.#program(program, { context, given, index: undefined, outer: undefined });
    this.#inside = outside;
    return `${before}{ const ${context} = ${value}; ${body} }`;
  }

  /** What is undefined where it is not there, as questions of `if` are. */
  #expression(expression: hbs.AST.Expression, scope: Scope): string {
    switch (expression.type) {
      case 'PathExpression': {
        const { owner, name } = this.#path(expression as Node<'path'>, scope);
        return name === undefined ? owner : owner + property(name);
      }
      case 'StringLiteral':
      case 'NumberLiteral':
      case 'BooleanLiteral':
        return JSON.stringify((expression as hbs.AST.StringLiteral).value);
      default:
        throw this.#fault(`gives a ${expression.type}`);
    }
  }

  /** @param name as code */
  #strictly(owner: string, name: string, line: number): string {
    const place = JSON.stringify(`views/${this.#inside.at(-1)}.hbs, line ${line}`);
    return `((v = ${owner}[${name}]) === undefined ? absent(${owner}, ${name}, ${place}) : v)`;
  }

  /** The last name of a path, and what it is looked up in; without a name it is the thing itself. */
  #path({ data, depth, parts, original }: Node<'path'>, scope: Scope): { owner: string; name?: string } {
    const [first, ...more] = parts;
    const through = (owner: string, names: readonly string[]) => {
      const [last] = names.slice(-1);
      if (last === undefined) return { owner };
      return { owner: owner + names.slice(0, -1).map(property).join(''), name: last };
    };
    if (data) {
      if (first === 'root') return through('root', more);
      if (first === 'index' && scope.index) return { owner: scope.index };
      throw this.#fault(`asks for ${original}`);
    }
    let at: Scope | undefined = scope;
    for (let up = depth; up > 0; up -= 1) at = at?.outer;
    if (!at) throw this.#fault(`asks for ${original}, which is outside of it`);
    if (first === undefined) return { owner: at.context };
    const value = at.given.get(first);
    return value === undefined ? through(at.context, [first, ...more]) : through(value, more);
  }

  #variable(): string {
    this.#variables += 1;
    return `c${this.#variables}`;
  }

  #fault(what: string): Error {
    return new Error(`views/${this.#inside.at(-1) ?? this.#template}.hbs ${what}`);
  }
}

function append(code: string): string {
  return `out += ${code};`;
}

function property(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function isLiteral(code: string): boolean {
  return code.startsWith('"');
}
