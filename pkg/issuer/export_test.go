package issuer

// Translate is translate, for the errors of a store that no issuer has opened.
var Translate = translate
