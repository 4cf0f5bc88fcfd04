// What the view's JavaScript must hold: real mistakes first, then one way to write it. The style is
// that of the modules as they stand; `npm run format` mends what can be mended.

import js from "@eslint/js";
import stylistic from "@stylistic/eslint-plugin";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: {ecmaVersion: 2023, sourceType: "module", globals: globals.browser},
    linterOptions: {reportUnusedDisableDirectives: "error"},
    plugins: {style: stylistic},
    rules: {
      // Mistakes.
      "array-callback-return": "error",
      eqeqeq: "error",
      "no-constructor-return": "error",
      "no-duplicate-imports": "error",
      "no-implicit-globals": "error",
      "no-promise-executor-return": "error",
      "no-self-compare": "error",
      "no-template-curly-in-string": "error",
      "no-unmodified-loop-condition": "error",
      "no-unreachable-loop": "error",
      "no-unused-vars": ["error", {varsIgnorePattern: "^_$"}],
      "no-use-before-define": ["error", {functions: false, variables: false}],
      // What a content security policy forbids, or a name could be taken for markup by.
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      // One way to write it.
      "arrow-body-style": "error",
      "no-else-return": "error",
      "no-lonely-if": "error",
      "no-unneeded-ternary": "error",
      "no-useless-rename": "error",
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      "style/array-bracket-spacing": "error",
      "style/arrow-parens": "error",
      "style/arrow-spacing": "error",
      "style/block-spacing": ["error", "always"],
      "style/brace-style": "error",
      "style/comma-dangle": ["error", "always-multiline"],
      "style/comma-spacing": "error",
      "style/eol-last": "error",
      "style/indent": ["error", 2, {offsetTernaryExpressions: true}],
      "style/key-spacing": "error",
      "style/keyword-spacing": "error",
      "style/max-len": ["error", {code: 120, ignoreTemplateLiterals: true}],
      "style/no-multi-spaces": "error",
      "style/no-multiple-empty-lines": ["error", {max: 1}],
      "style/no-trailing-spaces": "error",
      "style/object-curly-spacing": "error",
      "style/quotes": ["error", "double", {avoidEscape: true}],
      "style/semi": "error",
      "style/space-before-blocks": "error",
      "style/space-before-function-paren": [
        "error",
        {anonymous: "always", named: "never", asyncArrow: "always"},
      ],
      "style/space-in-parens": "error",
      "style/space-infix-ops": "error",
      "style/spaced-comment": "error",
    },
  },
];
