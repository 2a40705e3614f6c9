import ts from 'typescript';
import { readFolder } from './workshop/sources.ts';
import { tryAnswers } from './workshop/proof/tried.ts';
import { stepNamed, Workbench, root } from './workshop/proof/workbench.ts';
const n=Number(process.argv[2]); const ex=readFolder(root).manifest.exercises[n-1]!;
const filesOf:any={1:['src/domain/events.ts','src/domain/game.ts'],2:['src/domain/events.ts','src/domain/game.ts'],3:['src/event-store/first-event-store.ts','src/application/game-event-codec.ts','src/application/game-commands.ts'],4:['src/application/game-commands.ts','src/application/overtaken-error.ts']};
const name=`0${n} solution`; const bench=new Workbench(stepNamed(name),name+' mutants');
const out:{file:string,text:string,what:string}[]=[];
for(const file of filesOf[n]){ const text=bench.read(file); const sf=ts.createSourceFile(file,text,99,true);
 const add=(node:ts.Node,rep:string)=>{ if(node.getText()===rep) return; out.push({file,text:text.slice(0,node.getStart())+rep+text.slice(node.getEnd()),what:`${file}:${sf.getLineAndCharacterOfPosition(node.getStart()).line+1} ${node.getText().slice(0,60)} -> ${rep.slice(0,60)}`}); };
 const visit=(node:ts.Node)=>{
  if(ts.isTypeNode(node)||ts.isImportDeclaration(node)) return;
  if(ts.isBinaryExpression(node)){ const op=node.operatorToken.getText(); const m:any={'===':'!==','!==':'===','&&':'||','||':'&&','+':'-','-':'+','>':'>=','<':'<=','>=':'>','<=':'<','??':'&&'}; if(m[op]) add(node,`${node.left.getText()} ${m[op]} ${node.right.getText()}`); }
  if(ts.isIfStatement(node)){ add(node.expression,'true'); add(node.expression,'false'); }
  if(ts.isConditionalExpression(node)){ add(node,node.whenTrue.getText()); add(node,node.whenFalse.getText()); add(node.condition,'!('+node.condition.getText()+')'); }
  if(ts.isStringLiteral(node)&&!ts.isPropertyAssignment(node.parent.parent??node)||ts.isStringLiteral(node)) add(node,"'mutated' as never");
  if(ts.isNumericLiteral(node)) { add(node,String(Number(node.text)+1)); }
  if(ts.isExpressionStatement(node)) add(node,';');
  if(ts.isArrayLiteralExpression(node)&&node.elements.length) { add(node,'[] as never'); if(node.elements.length>1) add(node,`[${node.elements.slice(1).map(e=>e.getText()).join(',')}] as never`); }
  if(ts.isObjectLiteralExpression(node)&&node.properties.length) for(const p of node.properties) add(node,`{${node.properties.filter(q=>q!==p).map(q=>q.getText()).join(',')}} as never`);
  if(ts.isReturnStatement(node)&&node.expression) add(node,'return undefined as never;');
  if(ts.isTemplateExpression(node)) add(node,'``');
  if(ts.isPrefixUnaryExpression(node)&&node.operator===ts.SyntaxKind.ExclamationToken) add(node,node.operand.getText());
  if(ts.isThrowStatement(node)) add(node,';');
  ts.forEachChild(node,visit); };
 visit(sf); }
let i=0,killed=0; const live:string[]=[]; 
for await (const t of tryAnswers(bench,`tests/${ex.name}`,out.map(o=>({[o.file]:o.text})))){ const o=out[i++]!; const k=t===undefined||t.errors.length>0||t.tests.some(x=>x.state==='failed'&&!x.name.startsWith('(types)')); if(k) killed++; else live.push(o.what+(t!.tests.some(x=>x.state==='failed')?'  [types]':'')); }
console.log(`exercise ${n}: ${killed} of ${out.length} killed`); for(const l of live) console.log('  '+l);
