package csp.commerce.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SubscriptionColumnsTest {

    @Test
    void what_a_move_stores_is_every_field_of_a_subscription() {
        var fields = Stream.of(Subscription.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .count();
        assertEquals(fields, Subscription.columns(List.of()).length);
    }
}
