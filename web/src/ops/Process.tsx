import { formatNumber } from "../i18n/index.ts";
import { t } from "../i18n/staff.ts";
import { Icon } from "../ui/Icon.tsx";
import { bytes, lasted } from "./format.ts";
import type { Node, Numbers } from "./numbers.ts";

/** What is worth knowing but does not move: the process, and counters since it began. */
export function Process({ n }: { n: Numbers }) {
  return (
    <div class="process">
      <section class="card" aria-labelledby="process">
        <h3 id="process">{t("ops.process")}</h3>
        <dl class="pairs">
          <Fact name={t("ops.version")} value={n.version} />
          <Fact name={t("ops.uptime")} value={lasted(n.uptime)} />
          <Fact name={t("ops.heap")} value={bytes(n.heap)} />
          <Fact name={t("ops.goroutines")} value={formatNumber(n.goroutines)} />
          <Fact name={t("ops.accepted")} value={formatNumber(n.accepted)} />
          <Fact name={t("ops.catchups")} value={formatNumber(n.catchups.encoded)} />
          <Fact name={t("ops.shared")} value={formatNumber(n.catchups.shared)} />
        </dl>
      </section>
      {n.nodes.length > 1 && <Nodes nodes={n.nodes} />}
      <section class="card" aria-labelledby="trouble">
        <h3 id="trouble">{t("ops.trouble")}</h3>
        <dl class="pairs">
          <Zero name={t("ops.lost")} n={n.lost} />
          <Zero name={t("ops.failed")} n={n.failed} />
        </dl>
      </section>
      <Counted id="limited" title={t("ops.limited")} of={n.limited} />
      <Counted id="closed" title={t("ops.closed")} of={n.closed} />
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="num" translate={false}>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}

function Zero({ name, n }: { name: string; n: number }) {
  return (
    <div class="zero" data-broken={n > 0 ? "" : undefined}>
      <dt>{name}</dt>
      <dd class="num">
        <Icon name={n > 0 ? "warn" : "check"} />
        {formatNumber(n)}
      </dd>
    </div>
  );
}

/** The nodes that share the store: how many are connected to each, and whether it takes people. */
function Nodes({ nodes }: { nodes: readonly Node[] }) {
  return (
    <section class="card" aria-labelledby="nodes">
      <h3 id="nodes">{t("ops.nodes")}</h3>
      <dl class="pairs">
        {nodes.map((node) => (
          <div key={node.id} class="zero" data-broken={node.ready ? undefined : ""}>
            <dt translate={false}>
              <bdi dir="ltr">
                {node.name} · {node.version}
              </bdi>
            </dt>
            <dd class="num">
              <Icon name={node.ready ? "check" : "warn"} />
              {formatNumber(node.connections)}
              {!node.ready && <span>{t("ops.nodes.leaving")}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A counter by its label, the largest first. The names are those of the metrics. */
function Counted({ id, title, of }: { id: string; title: string; of: Readonly<Record<string, number>> }) {
  const some = Object.entries(of)
    .filter(([, n]) => n > 0)
    .sort((a, b) => b[1] - a[1]);
  return (
    <section class="card" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {some.length === 0 ? (
        <p class="soft">{t("ops.nothing")}</p>
      ) : (
        <dl class="pairs">
          {some.map(([name, n]) => (
            <div key={name}>
              <dt dir="ltr">{name}</dt>
              <dd class="num">{formatNumber(n)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
