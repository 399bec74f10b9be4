package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.MetricType;
import org.hawkular.agent.prometheus.types.Summary;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

/** The current response of the server's metrics endpoint, parsed like Prometheus does. */
record Scrape(List<MetricFamily> families) {

    static Scrape now() {
        try (InputStream text = open()) {
            CollectorPrometheusMetricsWalker collector = new CollectorPrometheusMetricsWalker();
            new TextPrometheusMetricsProcessor(text, collector).walk();
            return new Scrape(collector.getAllMetricFamilies());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open() throws IOException {
        URLConnection metrics =
                URI.create(Keycloak.get().managementUrl() + "/metrics").toURL().openConnection();
        metrics.setRequestProperty("Accept", "text/plain;version=0.0.4");
        return metrics.getInputStream();
    }

    /** Returns the metrics of the provider. */
    List<MetricFamily> ours() {
        return families.stream()
                .filter(family -> family.getName().startsWith("api_tokens_"))
                .toList();
    }

    /** Returns the value of the only series with this name and these labels; for a summary, the count. */
    double value(String name, Map<String, String> labels) {
        List<Metric> found = families.stream()
                .filter(family -> family.getName().equals(name))
                .flatMap(family -> family.getMetrics().stream())
                .filter(metric -> metric.getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " series " + name + labels);
        }
        return number(found.get(0));
    }

    private static double number(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getValue();
        }
        return metric instanceof Gauge gauge ? gauge.getValue() : ((Summary) metric).getSampleCount();
    }

    /** Returns the names that queries can use. */
    Set<String> names() {
        return families.stream().flatMap(Scrape::names).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(MetricFamily family) {
        String name = family.getName();
        return family.getType() == MetricType.SUMMARY
                ? Stream.of(name, name + "_count", name + "_sum")
                : Stream.of(name);
    }
}
