package csp.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.ArrayList;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML for people: what is short stands on one line, and a text of several lines stands as it is. */
final class YamlText {

    private static final int WIDTH = 140;
    private static final int INDENT = 2;

    private YamlText() {}

    static String of(JsonNode document) {
        var options = new DumperOptions();
        options.setIndent(INDENT);
        options.setIndicatorIndent(INDENT);
        options.setIndentWithIndicator(true);
        options.setWidth(WIDTH);
        var text = new StringWriter();
        new Yaml(options).serialize(node(document, WIDTH, false), text);
        return text.toString();
    }

    /** @param room the columns that are left for a value that stands on the line of its key */
    private static Node node(JsonNode value, int room, boolean within) {
        var onOneLine = within || value.toString().length() <= room;
        var style = onOneLine ? FlowStyle.FLOW : FlowStyle.BLOCK;
        if (value.isObject()) {
            var properties = new ArrayList<NodeTuple>();
            value.properties()
                    .forEach(property -> properties.add(new NodeTuple(
                            scalar(Tag.STR, property.getKey(), ScalarStyle.PLAIN),
                            node(property.getValue(), room - INDENT, onOneLine))));
            return new MappingNode(Tag.MAP, properties, style);
        }
        if (value.isArray()) {
            var items = new ArrayList<Node>();
            value.forEach(item -> items.add(node(item, room - INDENT, onOneLine)));
            return new SequenceNode(Tag.SEQ, items, style);
        }
        var text = value.asText();
        return switch (value.getNodeType()) {
            case STRING ->
                scalar(Tag.STR, text, text.contains("\n") && !within ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
            case NUMBER -> scalar(value.isIntegralNumber() ? Tag.INT : Tag.FLOAT, text, ScalarStyle.PLAIN);
            case BOOLEAN -> scalar(Tag.BOOL, text, ScalarStyle.PLAIN);
            case NULL -> scalar(Tag.NULL, text, ScalarStyle.PLAIN);
            default -> throw new IllegalArgumentException("No YAML for " + value.getNodeType());
        };
    }

    private static Node scalar(Tag tag, String text, ScalarStyle style) {
        return new ScalarNode(tag, text, null, null, style);
    }
}
