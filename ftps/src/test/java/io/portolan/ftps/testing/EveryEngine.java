package io.portolan.ftps.testing;

import io.portolan.ftps.TlsEngine;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test that is given each {@link TlsEngine} that there is. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(
        value = TlsEngine.class,
        names = {"BORINGSSL", "JDK"})
public @interface EveryEngine {}
