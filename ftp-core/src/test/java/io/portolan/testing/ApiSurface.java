package io.portolan.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What users of a module see of it. */
public final class ApiSurface {

    private ApiSurface() {}

    /**
     * Public and protected members of public types outside of internal packages that speak of what they must not.
     *
     * @param forbidden what they must not speak of
     * @param exempt a package that may
     */
    public static List<String> leaks(JavaClasses classes, Predicate<JavaClass> forbidden, String exempt) {
        List<String> leaks = new ArrayList<>();
        for (JavaClass type : classes) {
            if (!isApi(type) || type.getPackageName().equals(exempt)) {
                continue;
            }
            type.getAllRawSuperclasses().stream()
                    .filter(forbidden)
                    .forEach(parent -> leaks.add(type.getName() + " extends " + parent.getName()));
            type.getAllRawInterfaces().stream()
                    .filter(forbidden)
                    .forEach(parent -> leaks.add(type.getName() + " implements " + parent.getName()));
            for (JavaMember member : type.getMembers()) {
                if (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED)) {
                    typesOf(member).stream()
                            .filter(forbidden)
                            .forEach(used -> leaks.add(member.getFullName() + " speaks of " + used.getName()));
                }
            }
        }
        return leaks;
    }

    private static boolean isApi(JavaClass type) {
        return !type.getPackageName().contains(".internal")
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ApiSurface::isApi).orElse(true);
    }

    private static Set<JavaClass> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getAllInvolvedRawTypes();
        }
        return member instanceof JavaCodeUnit code ? code.getAllInvolvedRawTypes() : Set.of();
    }
}
