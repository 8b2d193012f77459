package io.understudy.servlet;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import java.util.Map;

/** What the JDK keeps of the methods that it makes for records. */
final class RecordMethods {
    private static final Map<String, MethodType> METHODS = Map.of(
            "equals", methodType(boolean.class, String.class, Object.class),
            "hashCode", methodType(int.class, String.class),
            "toString", methodType(String.class, String.class));

    private RecordMethods() {}

    /**
     * Lets the JDK forget our records. It makes their methods of handles that each remember the type that they were last
     * converted to, and with it that type's class loader (JDK-8078641): ours, as long as no other record has been compared
     * for the first time. Afterwards it is {@code String} that they remember.
     */
    static void forgetOurs() {
        METHODS.forEach(RecordMethods::makeForString);
    }

    private static void makeForString(String name, MethodType type) {
        try {
            ObjectMethods.bootstrap(
                    MethodHandles.lookup(), name, type, String.class, "text", MethodHandles.identity(String.class));
        } catch (Throwable e) {
            throw new IllegalStateException(name + " (expected: can be made as for a record)", e);
        }
    }
}
