using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace EmbedStack.Offline.Tests;

/// <summary>An assembly's public types and members as text, without what the compiler erases or makes up.</summary>
internal static class PublicSurface
{
    public const string Obsolete = " [Obsolete]";

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of);

    private static IEnumerable<string> Of(Type type)
    {
        yield return $"{Kind(type)} {Name(type)}{Constraints(type.GetGenericArguments())}{Warnings(type)}";
        if (type.BaseType is { } parent && type.IsClass)
        {
            yield return $"{Name(type)} derives from {Name(parent)}";
        }

        foreach (var implemented in type.GetInterfaces().Where(candidate => candidate.IsVisible))
        {
            yield return $"{Name(type)} implements {Name(implemented)}";
        }

        foreach (var member in type.GetMembers(Declared).Where(IsOffered))
        {
            yield return $"{Name(type)}: {Of(member)}{Warnings(member)}";
        }
    }

    private static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"constructor({Parameters(constructor)})",
        MethodInfo method => $"{Modifiers(method)}{Name(method.ReturnType)} {method.Name}{Arguments(method)}({Parameters(method)}){Constraints(method.GetGenericArguments())}",
        FieldInfo field => $"field {Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "")}",
        PropertyInfo property => $"property {Name(property.PropertyType)} {property.Name}",
        EventInfo happening => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => $"nested {member.Name}",
    };

    private static bool IsOffered(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsOffered),
        EventInfo happening => IsOffered(happening.AddMethod!),
        Type nested => nested.IsNestedPublic || nested.IsNestedFamily || nested.IsNestedFamORAssem,
        _ => false,
    };

    private static string Kind(Type type)
        => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string Modifiers(MethodInfo method) => method.IsStatic ? "static " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Name(parameter.ParameterType)} {parameter.Name}{Default(parameter)}"));

    private static string Default(ParameterInfo parameter) => parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue)}" : "";

    private static string Value(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";

    private static string Arguments(MethodInfo method)
        => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(argument =>
        $" where {argument.Name}: {argument.GenericParameterAttributes} {string.Join(", ", argument.GetGenericParameterConstraints().Select(Name).Order(StringComparer.Ordinal))}"));

    private static string Warnings(MemberInfo member)
        => (member.IsDefined(typeof(ObsoleteAttribute)) ? Obsolete : "")
            + (member.GetCustomAttribute<ExperimentalAttribute>() is { } attribute ? $" [{attribute.DiagnosticId}]" : "");

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            return $"{Name(type.GetElementType()!)}{(type.IsArray ? "[]" : "&")}";
        }

        var name = $"{type.Namespace}.{(type.DeclaringType is { } outer ? $"{outer.Name}." : "")}{type.Name}";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
