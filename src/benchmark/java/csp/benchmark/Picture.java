package csp.benchmark;

import csp.benchmark.Results.Measurement;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The rates of all contenders, and the times of the service, over the operations. */
class Picture {

    private static final Map<String, Color> COLOURS = Map.of(
            Results.SERVICE, new Color(0x1f77b4),
            Results.BASELINE, new Color(0xaec7e8),
            Results.LARGE, new Color(0x17506f),
            Results.FLOOR, new Color(0x7f7f7f),
            Results.MOCK, new Color(0xff9f40));

    private final Results results;
    private final List<Operation> operations;

    Picture(Results results) {
        this.results = results;
        operations = Stream.of(Operation.values())
                .filter(operation -> results.median(operation, Results.SERVICE, Measurement::rate)
                        .isPresent())
                .toList();
    }

    void write(Path file) throws IOException {
        if (operations.isEmpty()) {
            return;
        }
        System.setProperty("java.awt.headless", "true");
        BitmapEncoder.saveBitmap(List.of(rates(), times()), 2, 1, file.toString(), BitmapFormat.PNG);
    }

    private CategoryChart rates() {
        var chart = chart("Requests a second, 16 connections (more is better)", "requests / s, logarithmic");
        chart.getStyler().setDecimalPattern("#,##0");
        for (var contender : List.of(Results.BASELINE, Results.SERVICE, Results.LARGE, Results.FLOOR, Results.MOCK)) {
            add(chart, contender, contender, COLOURS.get(contender), Measurement::rate);
        }
        return fromBelow(chart);
    }

    private CategoryChart times() {
        var chart = chart("Times of the service at half of that rate (less is better)", "ms, logarithmic");
        add(chart, "p50", Results.SERVICE, new Color(0x9ecae1), Measurement::p50);
        add(chart, "p99", Results.SERVICE, new Color(0x4292c6), Measurement::p99);
        add(chart, "p99.9", Results.SERVICE, new Color(0x084594), Measurement::p999);
        return fromBelow(chart);
    }

    /** A logarithmic axis cannot begin at nothing: it begins at the power of ten below the smallest figure. */
    private static CategoryChart fromBelow(CategoryChart chart) {
        chart.getSeriesMap().values().stream()
                .flatMap(series -> series.getYData().stream())
                .mapToDouble(Number::doubleValue)
                .min()
                .ifPresent(least -> chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(least)))));
        return chart;
    }

    private void add(
            CategoryChart chart, String name, String contender, Color colour, ToDoubleFunction<Measurement> figure) {
        // Those without a floor are the last ones, and a series may end early.
        var measured = operations.stream()
                .filter(operation ->
                        results.median(operation, contender, figure).isPresent())
                .toList();
        if (!measured.isEmpty()) {
            chart.addSeries(
                            name,
                            measured.stream().map(operation -> operation.title).toList(),
                            measured.stream()
                                    .map(operation -> Math.max(
                                            0.01,
                                            results.median(operation, contender, figure)
                                                    .orElseThrow()))
                                    .toList())
                    .setFillColor(colour);
        }
    }

    private static CategoryChart chart(String title, String axis) {
        var chart = new CategoryChartBuilder()
                .width(1200)
                .height(460)
                .title(title)
                .yAxisTitle(axis)
                .build();
        var font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
        var style = chart.getStyler();
        style.setYAxisLogarithmic(true);
        style.setXAxisLabelRotation(12);
        style.setAvailableSpaceFill(0.85);
        style.setLegendPosition(LegendPosition.OutsideE);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        style.setLegendFont(font);
        style.setAxisTickLabelsFont(font);
        style.setLabelsVisible(true);
        style.setLabelsRotation(90);
        style.setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        style.setDecimalPattern("#,##0.#");
        return chart;
    }
}
