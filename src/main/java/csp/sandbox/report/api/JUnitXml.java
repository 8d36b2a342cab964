package csp.sandbox.report.api;

import csp.sandbox.report.DifferenceReport.Report;
import csp.sandbox.report.Finding;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report in the form in which build servers read the results of tests: a failed test for each finding, a passed one for each rule without. */
final class JUnitXml {

    private static final String SUITE = "Differences from the real service";
    private static final String CLASS = "sandbox.report";

    private JUnitXml() {}

    static String of(Report report) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            counts(report, xml);
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", SUITE);
            counts(report, xml);
            for (var finding : report.findings()) {
                failed(finding, xml);
            }
            for (var rule : report.clean()) {
                xml.writeEmptyElement("testcase");
                test(CLASS, rule, xml);
            }
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static void counts(Report report, XMLStreamWriter xml) throws XMLStreamException {
        var failures = report.findings().size();
        xml.writeAttribute("tests", Integer.toString(failures + report.clean().size()));
        xml.writeAttribute("failures", Integer.toString(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", "0");
    }

    private static void failed(Finding finding, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        test(CLASS + "." + (finding.partner() == null ? "nobody" : finding.partner()), finding.rule(), xml);
        xml.writeStartElement("failure");
        xml.writeAttribute("message", printable(finding.message()));
        xml.writeAttribute("type", finding.severity().wireName());
        xml.writeCharacters(printable("%s%n%s%nRequests (MS-CorrelationId): %s%n"
                .formatted(finding.message(), finding.advice(), String.join(", ", finding.requests()))));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void test(String of, String name, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeAttribute("classname", of);
        xml.writeAttribute("name", name);
        xml.writeAttribute("time", "0");
    }

    /** What callers sent may hold what XML cannot. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x0a\\x20-\\ud7ff\\ue000-\\ufffd]", "?");
    }
}
