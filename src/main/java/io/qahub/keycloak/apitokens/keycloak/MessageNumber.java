package io.qahub.keycloak.apitokens.keycloak;

import freemarker.template.TemplateNumberModel;

/**
 * A number in the data of an email template, which the template can pass to {@code msg}. In 26.4, Keycloak passes
 * FreeMarker's own numbers to the message format, which expects those of Java.
 */
public final class MessageNumber extends Number implements TemplateNumberModel {
    private static final long serialVersionUID = 1;
    private final int value;

    public MessageNumber(int value) {
        this.value = value;
    }

    @Override
    public Number getAsNumber() {
        return value;
    }

    @Override
    public int intValue() {
        return value;
    }

    @Override
    public long longValue() {
        return value;
    }

    @Override
    public float floatValue() {
        return value;
    }

    @Override
    public double doubleValue() {
        return value;
    }
}
