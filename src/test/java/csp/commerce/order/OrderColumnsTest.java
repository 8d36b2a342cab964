package csp.commerce.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderColumnsTest {

    @Test
    void what_a_transfer_stores_of_its_orders_is_every_field_of_an_order() {
        var fields = Stream.of(Order.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .count();
        assertEquals(fields, Order.columns(List.of()).length);
    }
}
