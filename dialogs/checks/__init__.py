"""What may be wrong with a call script, one kind of mistake a module.

``check`` puts together what stops a script, ``dialogs.authoring.advice`` what only deserves a look.
"""
